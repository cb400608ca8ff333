<?php

namespace FarmMassMessage;

use MediaWiki\MediaWikiServices;
use Status;
use Title;
use User;

/**
 * One message to the pages of a list, checked.
 *
 * The original checks it in includes/RequestProcessing/MassMessageRequestParser.php (MassMessage REL1_43).
 */
class Message {

	/** The page with the list, behind its redirect if it is one. */
	public Title $list;
	public string $subject;
	public string $text;
	/** The page that is sent along, or null. It is read when the message is delivered. */
	public ?Title $page = null;
	/** What the hidden comment tells: the sender, their wiki, the address of the list. */
	public array $comment;

	/**
	 * Checks a message, for the API and for the form.
	 *
	 * @param array $params spamlist, subject, message, page-message
	 * @param User $sender
	 * @return Status its value is a Message
	 */
	public static function read( array $params, User $sender ): Status {
		$status = Status::newGood();
		$words = array_map( static fn ( $value ) => trim( (string)$value ), $params );
		$message = new self;
		$message->subject = $words['subject'] ?? '';
		$message->text = $words['message'] ?? '';
		if ( $message->subject === '' ) {
			$status->fatal( 'massmessage-empty-subject' );
		}
		$status->merge( $message->readList( $words['spamlist'] ?? '' ) );
		$status->merge( $message->readPage( $words['page-message'] ?? '' ) );
		if ( $status->isOK() ) {
			$message->comment = [ $sender->getName(), self::here(), $message->address() ];
			$status->setResult( true, $message );
		}
		return $status;
	}

	/** The original takes any category, also one that is missing, and any page of wikitext. */
	private function readList( string $name ): Status {
		$title = Title::newFromText( $name );
		if ( $title && $title->inNamespace( NS_CATEGORY ) ) {
			$this->list = $title;
			return Status::newGood();
		}
		if ( !$title || !$title->canExist() || !$title->exists() ) {
			return Status::newFatal( 'massmessage-spamlist-doesnotexist' );
		}
		$title = Redirect::follow( $title );
		if ( !$title || !$title->exists() || !$title->hasContentModel( CONTENT_MODEL_WIKITEXT ) ) {
			return Status::newFatal( 'massmessage-spamlist-invalid' );
		}
		$this->list = $title;
		return Status::newGood();
	}

	private function readPage( string $name ): Status {
		if ( $name === '' ) {
			return $this->text === '' ? Status::newFatal( 'massmessage-empty-message' ) : Status::newGood();
		}
		$title = Title::newFromText( $name );
		if ( !$title || !$title->canExist() ) {
			return Status::newFatal( 'massmessage-page-message-invalid', $name );
		}
		if ( !$title->exists() ) {
			return Status::newFatal( 'massmessage-page-message-not-found', $name );
		}
		$this->page = $title;
		return Status::newGood();
	}

	/** The address of the list; of a category without a revision. */
	private function address(): string {
		$query = $this->list->inNamespace( NS_CATEGORY ) ? '' : [ 'oldid' => $this->list->getLatestRevID() ];
		// What the farm puts before the path for a browser is no part of the wiki's address.
		return preg_replace( '!/=[a-z0-9_]+/!', '/', $this->list->getCanonicalURL( $query ), 1 );
	}

	private static function here(): string {
		return MediaWikiServices::getInstance()->getMainConfig()->get( 'DBname' );
	}
}
