<?php

namespace FarmMassMessage;

use ApiBase;
use ManualLogEntry;
use MediaWiki\MediaWikiServices;
use Title;
use Wikimedia\ParamValidator\ParamValidator;

/**
 * action=massmessage: logs the sending and queues one delivery for each target.
 */
class ApiMassMessage extends ApiBase {

	/** @inheritDoc */
	public function execute() {
		$this->checkUserRightsAny( 'massmessage' );
		$block = $this->getUser()->getBlock();
		if ( $block && $block->isSitewide() ) {
			$this->dieBlocked( $block );
		}
		$params = $this->extractRequestParams();
		$list = $this->listPage( $params['spamlist'] );
		$message = [
			'subject' => $this->subject( $params['subject'] ),
			'text' => $this->text( $params ),
			'comment' => $this->hiddenComment( $list ),
		];
		$targets = Targets::of( $list );
		$this->log( $list, $message['subject'] );
		$queue = new Queue( $this->getConfig()->get( 'FarmMassMessageRun' ) );
		foreach ( $targets as $target ) {
			$queue->add( $target['wiki'], [ 'page' => $target['page'] ] + $message );
		}
		$answer = [ 'result' => 'success', 'count' => count( $targets ) ];
		$this->getResult()->addValue( null, $this->getModuleName(), $answer );
	}

	/** The page with the list, behind its redirect if it is one. */
	private function listPage( string $name ): Title {
		$title = Title::newFromText( $name );
		if ( !$title || !$title->canExist() || !$title->exists() ) {
			$this->dieWithError( 'massmessage-spamlist-doesnotexist' );
		}
		if ( $title->isRedirect() ) {
			$page = MediaWikiServices::getInstance()->getWikiPageFactory()->newFromTitle( $title );
			$title = $page->getRedirectTarget();
		}
		if ( !$title || !$title->exists() || !$title->hasContentModel( CONTENT_MODEL_WIKITEXT ) ) {
			$this->dieWithError( 'massmessage-spamlist-invalid' );
		}
		return $title;
	}

	private function subject( string $subject ): string {
		$subject = trim( str_replace( "\n", ' ', $subject ) );
		if ( $subject === '' ) {
			$this->dieWithError( 'massmessage-empty-subject' );
		}
		return $subject;
	}

	/** The message, and after it the page that is sent along. */
	private function text( array $params ): string {
		$parts = [ trim( $params['message'] ) ];
		if ( $params['page-message'] !== '' ) {
			$title = Title::newFromText( $params['page-message'] );
			if ( !$title || !$title->exists() || !$title->hasContentModel( CONTENT_MODEL_WIKITEXT ) ) {
				$this->dieWithError( 'massmessage-page-message-invalid' );
			}
			$page = MediaWikiServices::getInstance()->getWikiPageFactory()->newFromTitle( $title );
			$parts[] = $page->getContent()->getText();
		}
		$text = implode( "\n\n", array_filter( $parts, static fn ( $part ) => $part !== '' ) );
		if ( $text === '' ) {
			$this->dieWithError( 'massmessage-empty-message' );
		}
		return $text;
	}

	private function hiddenComment( Title $list ): string {
		$sender = $this->getUser()->getName() . '@' . $this->getConfig()->get( 'DBname' );
		$url = $list->getCanonicalURL( [ 'oldid' => $list->getLatestRevID() ] );
		return "<!-- Message sent by User:$sender using the list at $url -->";
	}

	private function log( Title $list, string $subject ): void {
		$entry = new ManualLogEntry( 'massmessage', 'send' );
		$entry->setPerformer( $this->getUser() );
		$entry->setTarget( $list );
		$entry->setComment( $subject );
		$entry->setParameters( [ '4::revid' => $list->getLatestRevID() ] );
		$entry->publish( $entry->insert() );
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		$text = [ ParamValidator::PARAM_TYPE => 'string', ParamValidator::PARAM_DEFAULT => '' ];
		$required = [ ParamValidator::PARAM_TYPE => 'string', ParamValidator::PARAM_REQUIRED => true ];
		return [ 'spamlist' => $required, 'subject' => $required, 'message' => $text, 'page-message' => $text ];
	}

	/** @inheritDoc */
	public function needsToken() {
		return 'csrf';
	}

	/** @inheritDoc */
	public function mustBePosted() {
		return true;
	}

	/** @inheritDoc */
	public function isWriteMode() {
		return true;
	}
}
