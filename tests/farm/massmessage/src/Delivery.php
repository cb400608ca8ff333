<?php

namespace FarmMassMessage;

use ApiMessage;
use ApiUsageException;
use ChangeTags;
use DeferredUpdates;
use ErrorPageError;
use ManualLogEntry;
use MediaWiki\MediaWikiServices;
use Title;
use User;

/**
 * Delivers one message to one page of this wiki, or logs why not.
 *
 * The order of the checks is that of includes/Job/MassMessageJob.php, the guard against the same message twice
 * that of includes/DedupeHelper.php (MassMessage REL1_43).
 */
class Delivery {

	public const ACCOUNT = 'MediaWiki message delivery';
	public const TAG = 'massmessage-delivery';
	private const REVISIONS = 5;

	private User $account;
	private array $job;

	/** @param array $job page, subject, text, along, comment */
	public function __construct( array $job ) {
		$this->account = self::account();
		$this->job = $job;
	}

	/** The account that delivers: one that nobody can log in to, in the group of bots. */
	public static function account(): User {
		$account = User::newSystemUser( self::ACCOUNT, [ 'steal' => true ] );
		MediaWikiServices::getInstance()->getUserGroupManager()->addUserToGroup( $account, 'bot' );
		return $account;
	}

	/**
	 * Tries to deliver.
	 *
	 * @return bool whether the job is done; what fails is to be tried again
	 */
	public function run(): bool {
		$named = Title::newFromText( $this->job['page'] );
		if ( !$named || !$named->canExist() ) {
			return true;
		}
		$title = $named->inNamespace( NS_USER ) ? $named->getTalkPage() : $named;
		$title = Redirect::follow( $title ) ?? $title;
		if ( !$title->isTalkPage() && !$title->inNamespace( NS_PROJECT ) ) {
			$this->log( $named, 'skipbadns' );
		} elseif ( $this->optedOut( $title ) ) {
			$this->log( $title, 'skipoptout' );
		} elseif ( $this->lacksAccount( $title ) ) {
			$this->log( $title, 'skipnouser' );
		} else {
			return $this->deliver( $title );
		}
		return true;
	}

	/** Whether the page is in the category, which each language names in its own way. */
	private function optedOut( Title $title ): bool {
		$name = wfMessage( 'massmessage-optout-category' )->inContentLanguage()->text();
		$category = Title::makeTitle( NS_CATEGORY, $name );
		$page = MediaWikiServices::getInstance()->getWikiPageFactory()->newFromTitle( $title );
		foreach ( $page->getCategories() as $its ) {
			if ( $category->equals( $its ) ) {
				return true;
			}
		}
		return false;
	}

	private function lacksAccount( Title $title ): bool {
		if ( !$title->inNamespaces( NS_USER, NS_USER_TALK ) ) {
			return false;
		}
		$user = User::newFromName( $title->getRootText() );
		return !$user || !$user->isRegistered()
			|| MediaWikiServices::getInstance()->getUserNameUtils()->isTemp( $user->getName() );
	}

	private function deliver( Title $title ): bool {
		$language = $title->getPageLanguage();
		$along = null;
		if ( $this->job['along'] !== null ) {
			$along = PageMessage::text( $this->job['along'], $language );
			if ( $along === null ) {
				$this->log( $title, 'failure', wfMessage( 'massmessage-page-message-not-found' )->text() );
				return true;
			}
		}
		$subject = Text::subject( $this->job['subject'] );
		$text = Text::body( $along, $this->job['text'], $this->job['comment'], $language );
		$hash = md5( $this->job['subject'] . $this->job['text'] . $along );
		return $this->standsAlready( $title, $hash ) || $this->append( $title, $subject, $text, $hash );
	}

	/** Whether one of the newest revisions is a delivery of this message. It is logged nowhere. */
	private function standsAlready( Title $title, string $hash ): bool {
		$db = wfGetDB( DB_PRIMARY );
		$options = [ 'ORDER BY' => 'rev_timestamp DESC, rev_id DESC', 'LIMIT' => self::REVISIONS ];
		$newest = $db->selectFieldValues(
			'revision', 'rev_id', [ 'rev_page' => $title->getArticleID() ], __METHOD__, $options
		);
		return $newest && in_array(
			self::tagParameters( $hash ),
			$db->selectFieldValues( 'change_tag', 'ct_params', [ 'ct_rev_id' => $newest ], __METHOD__ ),
			true
		);
	}

	private static function tagParameters( string $hash ): string {
		return json_encode( [ 'dedupe_hash' => $hash ] );
	}

	/**
	 * Adds the section; the tag comes after the edit.
	 *
	 * What the API refuses stands in the log by its code. A page without sections stops the job with an exception,
	 * as in the original, and leaves no line.
	 */
	private function append( Title $title, string $subject, string $text, string $hash ): bool {
		try {
			$revision = Edit::addSection( $this->account, $title, $subject, $text );
		} catch ( ApiUsageException $refusal ) {
			$first = $refusal->getStatusValue()->getErrors()[0];
			$this->log( $title, 'failure', ApiMessage::create( $first )->getApiCode() );
			return false;
		} catch ( ErrorPageError $error ) {
			return false;
		}
		if ( $revision && !$this->isBoard( $title ) ) {
			DeferredUpdates::addCallableUpdate( static function () use ( $revision, $hash ) {
				ChangeTags::addTags( self::TAG, null, $revision, null, self::tagParameters( $hash ) );
			} );
		}
		return $revision > 0;
	}

	/** Whether a test calls the page a board of Flow or LiquidThreads: there a message has no tag. */
	private function isBoard( Title $title ): bool {
		$boards = MediaWikiServices::getInstance()->getMainConfig()->get( 'FarmMassMessageBoards' );
		return in_array( $title->getPrefixedText(), $boards, true );
	}

	private function log( Title $title, string $action, ?string $reason = null ): void {
		$entry = new ManualLogEntry( 'massmessage', $action );
		$entry->setPerformer( $this->account );
		$entry->setTarget( $title );
		$parameters = [ '4::subject' => $this->job['subject'] ];
		$entry->setParameters( $reason === null ? $parameters : $parameters + [ '5::reason' => $reason ] );
		$entry->publish( $entry->insert() );
	}
}
